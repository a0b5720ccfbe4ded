import { adapterContract } from '../contract/adapter.ts';
import { chatAdapterContract } from '../contract/chat-adapter.ts';
import { startHarness } from './harness.ts';

adapterContract('Slack', async (parts) => {
  const harness = await startHarness(parts, 'socket');
  return {
    ask: (ask) => harness.ask(ask).answer(),
    close: harness.close,
  };
});

chatAdapterContract('Slack over Socket Mode', (parts) => startHarness(parts, 'socket'));
chatAdapterContract('Slack over HTTP', (parts) => startHarness(parts, 'http'));
