import { chatAdapterContract } from '../contract/chat-adapter.ts';
import { startHarness } from './harness.ts';

chatAdapterContract('Slack over Socket Mode', (parts) => startHarness(parts, 'socket'));
chatAdapterContract('Slack over HTTP', (parts) => startHarness(parts, 'http'));
