import { dotnet } from './_framework/dotnet.js';

const output = document.getElementById('output');
const print = line => { output.textContent += line + '\n'; };
await dotnet.withModuleConfig({ print, printErr: print }).create();
await dotnet.run();
