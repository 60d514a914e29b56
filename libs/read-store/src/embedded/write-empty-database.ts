import { writeEmptyDatabase } from './empty-database.js';

await writeEmptyDatabase();
