import { adapterContract } from '../contract/adapter.ts';
import { chatAdapterContract } from '../contract/chat-adapter.ts';
import { startHarness } from './harness.ts';

adapterContract('Discord', async (parts) => {
  const harness = await startHarness(parts);
  return {
    ask: (ask) => harness.ask(ask).answer(),
    close: harness.close,
  };
});

chatAdapterContract('Discord', startHarness);
