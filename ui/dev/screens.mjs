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
  async german(page) {
    await asked(page, 'What is paid for meals abroad?');
    await page.evaluate(() => localStorage.setItem('docent.locale', 'de'));
    await page.goto('/c/v1');
    await page.getByText('Geprüft: Jeder Satz').waitFor();
    await page.evaluate(() => localStorage.removeItem('docent.locale'));
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
  async conversation(page) {
    await signIn(page, '/c/v1');
    await page
      .getByText(/withheld: no document/)
      .last()
      .waitFor();
  },
  async library(page) {
    await signIn(page, '/library');
    await page.getByRole('link', { name: 'Record 00001' }).waitFor();
  },
  async upload(page) {
    await signIn(page, '/library');
    await page
      .locator('input[type=file][multiple]')
      .setInputFiles({ name: 'new.pdf', mimeType: 'application/pdf', buffer: Buffer.from('x') });
    await page.getByRole('button', { name: 'Add', exact: true }).waitFor();
  },
  async uploading(page) {
    await signIn(page, '/library');
    await page
      .locator('input[type=file][multiple]')
      .setInputFiles({ name: 'new.pdf', mimeType: 'application/pdf', buffer: Buffer.from('x') });
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('region', { name: 'Being added' }).getByText('Ready').waitFor();
  },
  async document(page) {
    await signIn(page, '/library/d1');
    await page.locator('.pdf-page canvas').first().waitFor();
    await page.waitForTimeout(400);
  },
  async rejected(page) {
    await signIn(page, '/library/d3');
    await page.getByText('protected by a password').waitFor();
  },
  async 'delete-document'(page) {
    await signIn(page, '/library/d1');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').waitFor();
  },
  async people(page) {
    await signIn(page, '/people');
    await page.getByRole('rowheader', { name: /Ben/ }).waitFor();
  },
  async person(page) {
    await signIn(page, '/people');
    await page.getByRole('button', { name: 'Change Ben Okafor' }).click();
    await page.getByLabel('legal').waitFor();
  },
  async groups(page) {
    await signIn(page, '/people?tab=groups');
    await page.getByText('Lawyers').waitFor();
  },
  async collections(page) {
    await signIn(page, '/people?tab=collections');
    await page.getByText('Contracts').waitFor();
  },
  async audit(page) {
    await signIn(page, '/audit');
    await page.getByRole('cell', { name: 'was denied access' }).waitFor();
  },
  async record(page) {
    await signIn(page, '/audit');
    await page
      .getByRole('row', { name: /was answered/ })
      .getByRole('button')
      .first()
      .click();
    await page.getByText('2 passages of 1 document.').waitFor();
  },
  async account(page) {
    await signIn(page, '/account');
    await page.getByLabel('Language').waitFor();
  },
};
