#!/usr/bin/env node
import { nodeIo } from './io/node.ts';
import { main } from './main.ts';

process.exitCode = await main(process.argv.slice(2), nodeIo());
