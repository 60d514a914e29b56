export { ApiProblems, ProblemDocument } from './api-problems.decorator.js';
export { bodyValidation } from './body.validation.js';
export { says } from './field-errors.js';
export { type Language, type Phrase, Sentence, preferredLanguage } from './language.js';
export { type AnswerTo, type AskedBy, answerProblem } from './problem.answer.js';
export { type ProblemSlug, catalogue, problemType } from './problem.catalogue.js';
export { ProblemFilter } from './problem.filter.js';
export { recognise } from './problem.recognition.js';
export { Problem } from './problem.js';
