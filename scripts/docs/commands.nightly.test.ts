import { testCommands, withWholeSuite } from './commands.ts';

testCommands(withWholeSuite);
