import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';

/** What a list says when it has nothing, and what to do then. */
export function Empty({
  icon,
  title,
  children,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div className="empty">
      <Icon name={icon} size={32} />
      <h2>{title}</h2>
      {children}
    </div>
  );
}
