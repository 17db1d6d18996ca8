import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';

/** What a list says when it has nothing, and what to do then. */
export function Empty({
  icon,
  title,
  whole = false,
  children,
}: {
  icon: IconName;
  title: string;
  /** The heading of the whole page, not of a part of it. */
  whole?: boolean;
  children?: ReactNode;
}) {
  const Title = whole ? 'h1' : 'h2';
  return (
    <div className="empty">
      <Icon name={icon} size={32} />
      <Title>{title}</Title>
      {children}
    </div>
  );
}
