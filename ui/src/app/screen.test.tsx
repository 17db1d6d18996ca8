import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { beforeEach, expect, test } from 'vitest';
import { Link, Route } from 'wouter';
import { Screens, useScreen } from './screen';

function Library() {
  useScreen('Library');
  return (
    <>
      <h1>Library</h1>
      <Link href="/library/1">A document</Link>
    </>
  );
}

function Document() {
  const [title, setTitle] = useState<string>();
  useScreen(title);
  return (
    <>
      <button type="button" onClick={() => setTitle('Travel policy')}>
        Arrive
      </button>
      {title && <h1>{title}</h1>}
    </>
  );
}

function show() {
  render(
    <main id="main" tabIndex={-1}>
      <Screens>
        <Route path="/library" component={Library} />
        <Route path="/library/:id" component={Document} />
      </Screens>
    </main>,
  );
}

beforeEach(() => window.history.replaceState(null, '', '/library'));

test('the window is named after its screen, and the first one takes no focus', () => {
  show();
  expect(document.title).toBe('Library · Docent');
  expect(document.activeElement).toBe(document.body);
});

test('a screen come to from another takes the focus to its heading, as soon as it has one', () => {
  show();
  fireEvent.click(screen.getByRole('link'));
  expect(document.title).toBe('Docent');
  expect(document.activeElement?.id).toBe('main');
  fireEvent.click(screen.getByRole('button'));
  expect(document.title).toBe('Travel policy · Docent');
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Travel policy' }));
});

test('whoever has gone on is left there', () => {
  show();
  fireEvent.click(screen.getByRole('link'));
  screen.getByRole('button').focus();
  fireEvent.click(screen.getByRole('button'));
  expect(document.activeElement).toBe(screen.getByRole('button'));
});
