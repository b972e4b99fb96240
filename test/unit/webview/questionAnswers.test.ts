import assert from 'node:assert/strict';
import { answersOf, choose, emptyDraft, readAnswers, writtenAnswers } from '../../../webview/agent/questionAnswers.ts';

const options = ['Redis', 'Memory, or a file', 'None'].map((label) => ({ label, description: '' }));
const single = { text: 'Where?', options, multiple: false };
const several = { text: 'Which?', options, multiple: true };

describe('the answers to questions', () => {
  it('are the label of the option that was chosen last', () => {
    const draft = choose(choose(emptyDraft, 0, true, false), 2, true, false);
    assert.deepEqual(answersOf([single], [draft]), ['None']);
  });

  it('leave it to the agent by the choice below the options, also where there are none', () => {
    for (const question of [single, { ...single, options: [] }]) {
      const { length } = question.options;
      assert.deepEqual(answersOf([question], [choose(emptyDraft, length, true, false)]), ['You decide']);
    }
    assert.equal(answersOf([single], [choose(emptyDraft, 7, true, false)]), undefined);
  });

  it('are several labels in the order of the options, also of one with a comma', () => {
    const draft = [2, 1].reduce((chosen, option) => choose(chosen, option, true, true), emptyDraft);
    assert.deepEqual(answersOf([several], [draft]), ['Memory, or a file, None']);
  });

  it('leave an option that was taken back', () => {
    const draft = choose(choose(choose(emptyDraft, 0, true, true), 2, true, true), 0, false, true);
    assert.deepEqual(answersOf([several], [draft]), ['None']);
  });

  it('are the own words where there are some', () => {
    assert.deepEqual(answersOf([single], [{ chosen: [], words: ' In SQLite ' }]), ['In SQLite']);
  });

  it('are kept as they are, and nothing where nothing is filled in', () => {
    const drafts = [choose(emptyDraft, 2, true, false), { chosen: [], words: 'In "SQLite"' }];
    assert.deepEqual(readAnswers(writtenAnswers(drafts)), drafts);
    assert.equal(writtenAnswers([emptyDraft, choose(emptyDraft, 1, false, true)]), '');
    for (const kept of ['', 'x', '7', '[null]', '[{"chosen":["0"],"words":""}]', '[{"chosen":[0]}]']) {
      assert.deepEqual(readAnswers(kept), [], kept);
    }
  });

  it('are none while a question has none', () => {
    assert.equal(answersOf([single, several], [choose(emptyDraft, 0, true, false)]), undefined);
    assert.equal(answersOf([], []), undefined);
  });
});
