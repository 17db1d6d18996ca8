async function signIn(page, path = '/') {
  await page.goto(path);
  const name = page.getByLabel('User name');
  const field = page.getByRole('main');
  await name.or(field.getByRole('heading')).first().waitFor();
  if (await name.isVisible()) {
    await name.fill('anna');
    await page.getByLabel('Password').fill('anna');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await name.waitFor({ state: 'detached' });
  }
}

async function asked(page, question) {
  await signIn(page);
  await page.getByLabel('Your question').fill(question);
  await page.keyboard.press('Enter');
}

/** Every screen worth looking at, and how a person gets there. */
export const SCREENS = {
  async 'sign-in'(page) {
    await page.context().clearCookies();
    await page.goto('/');
    await page.getByLabel('User name').waitFor();
  },
  async ask(page) {
    await signIn(page);
    await page.getByRole('button', { name: /Policies/ }).waitFor();
  },
  async draft(page) {
    await asked(page, 'What is paid for meals abroad?');
    await page.getByText('Receipts are').last().waitFor();
  },
  async answer(page) {
    await asked(page, 'What is paid for meals abroad?');
    await page
      .getByText(/withheld: no document/)
      .last()
      .waitFor();
  },
  async reader(page) {
    await asked(page, 'What is paid for meals abroad?');
    await page
      .getByText(/withheld: no document/)
      .last()
      .waitFor();
    await page.getByRole('link', { name: 'Open Travel policy at these words' }).first().click();
    await page.locator('.mark.current').first().waitFor();
    await page.waitForTimeout(500);
  },
  async 'reader-text'(page) {
    await asked(page, 'Where is the parking?');
    await page.getByRole('link', { name: 'Onboarding handbook' }).click();
    await page.locator('mark.current').waitFor();
  },
  async refused(page) {
    await asked(page, 'Where is the parking?');
    await page.getByRole('heading', { name: 'Your documents do not say' }).waitFor();
  },
  async account(page) {
    await signIn(page, '/account');
    await page.getByLabel('Language').waitFor();
  },
};
