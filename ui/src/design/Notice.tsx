import type { ReactNode } from 'react';
import { Icon } from './Icon';

interface NoticeProps {
  tone: 'info' | 'warn' | 'fault';
  children: ReactNode;
  action?: ReactNode;
}

/** One thing worth knowing, with at most one thing to do about it. Faults are announced at once. */
export function Notice({ tone, children, action }: NoticeProps) {
  return (
    <div className={`notice ${tone}`} role={tone === 'fault' ? 'alert' : undefined}>
      <Icon name={tone === 'info' ? 'info' : 'warn'} />
      <div>{children}</div>
      {action}
    </div>
  );
}
