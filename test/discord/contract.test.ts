import { chatAdapterContract } from '../contract/chat-adapter.ts';
import { startHarness } from './harness.ts';

chatAdapterContract('Discord', startHarness);
