import { adapterContract } from '../contract/adapter.ts';
import { chatAdapterContract } from '../contract/chat-adapter.ts';
import { startHarness } from './harness.ts';

adapterContract('Discord', async (parts) => {
  const harness = await startHarness(parts);
  return {
    async ask(ask) {
      const { text, files } = await harness.ask(ask).answer();
      return { text, images: files };
    },
    close: harness.close,
  };
});

chatAdapterContract('Discord', startHarness);
