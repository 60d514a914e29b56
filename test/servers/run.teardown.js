import { removeRunFolder } from './run.setup.js';

export default removeRunFolder;
