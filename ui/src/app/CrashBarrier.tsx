import { Component, type ReactNode } from 'react';
import { Notice } from '../design/Notice';
import { useMessages } from '../i18n';

/** Keeps a fault of one screen from taking the others with it. */
export class CrashBarrier extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    return this.state.crashed ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const t = useMessages();
  return (
    <div className="page">
      <Notice
        tone="fault"
        action={
          <button type="button" className="button small" onClick={() => window.location.reload()}>
            {t.common.reload}
          </button>
        }
      >
        {t.common.crashed}
      </Notice>
    </div>
  );
}
