import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, createServer as createTlsServer, globalAgent } from 'node:https';
import { createServer, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { download } from '../../src/image/download.ts';
import { isPublicUrl, openAt, openPublic, publicLookup } from '../../src/image/open-public.ts';
import { isPublicAddress } from '../../src/image/public-address.ts';

const toThisMachine: LookupFunction = (_, options, callback) => {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

describe('addresses', () => {
  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback, elsewhere in its block', '127.9.9.9'],
    ['loopback of IPv6', '::1'],
    ['this host', '0.0.0.0'],
    ['this host of IPv6', '::'],
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['private of IPv6', 'fd12:3456::1'],
    ['metadata of clouds', '169.254.169.254'],
    ['metadata of AWS over IPv6', 'fd00:ec2::254'],
    ['metadata of Azure', '168.63.129.16'],
    ['metadata of Alibaba', '100.100.100.200'],
    ['link-local of IPv6', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['benchmarks', '198.18.0.1'],
    ['examples', '192.0.2.1'],
    ['multicast', '224.0.0.1'],
    ['multicast of IPv6', 'ff02::1'],
    ['broadcast', '255.255.255.255'],
    ['IPv4 dressed as IPv6', '::ffff:127.0.0.1'],
    ['IPv4 dressed as IPv6, in hexadecimal', '::ffff:7f00:1'],
    ['IPv4 dressed as IPv6, the old way', '::127.0.0.1'],
    ['public IPv4 dressed as IPv6', '::ffff:8.8.8.8'],
    ['NAT64 to loopback', '64:ff9b::7f00:1'],
    ['NAT64 of a network of its own', '64:ff9b:1::a00:1'],
    ['6to4 to a private network', '2002:a00:1::1'],
    ['Teredo', '2001:0:7f00:1::'],
    ['examples of IPv6', '2001:db8::1'],
    ['no address', 'localhost'],
    ['nothing', ''],
  ])('refuses %s: %s', (_, address) => expect(isPublicAddress(address)).toBe(false));

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'])('takes %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    'http://example.com/a.png',
    'ftp://example.com/a.png',
    'file:///etc/passwd',
    'https://user:secret@example.com/a.png',
    'https://127.0.0.1/a.png',
    'https://[::1]/a.png',
    'https://[::ffff:169.254.169.254]/a.png',
    // As browsers read numbers: decimal, hexadecimal, octal, short.
    'https://2130706433/a.png',
    'https://0x7f000001/a.png',
    'https://0177.0.0.1/a.png',
    'https://127.1/a.png',
  ])('refuses %s', (url) => expect(isPublicUrl(new URL(url))).toBe(false));

  it('takes what is public by its looks', () => {
    expect(isPublicUrl(new URL('https://example.com/a.png'))).toBe(true);
    expect(isPublicUrl(new URL('https://8.8.8.8/a.png'))).toBe(true);
  });
});

describe('names', () => {
  const at = (...addresses: string[]) =>
    promisify(publicLookup(async () => addresses.map((address) => ({ address, family: 4 }))));

  it('are connected to at the addresses that were looked at', async () => {
    expect(await at('8.8.8.8', '8.8.4.4')('dns.example', { all: true })).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '8.8.4.4', family: 4 },
    ]);
    expect(await at('8.8.8.8')('dns.example', {})).toBe('8.8.8.8');
  });

  it('are refused if any of their addresses is not public, or there is none', async () => {
    await expect(at('8.8.8.8', '10.0.0.1')('inside.example', { all: true })).rejects.toThrow('address-refused');
    await expect(at()('nowhere.example', { all: true })).rejects.toThrow('address-refused');
  });

  it('of this machine get no connection, whatever was believed before, nor through what connects for the process', async () => {
    // Such as the proxy of NODE_USE_ENV_PROXY, which looks names up by itself.
    globalAgent.options.lookup = toThisMachine;
    onTestFinished(() => {
      delete globalAgent.options.lookup;
    });
    let connections = 0;
    const server = createServer(() => {
      connections += 1;
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const url = `https://localhost:${port}/a.png`;
    const fetching = download({ name: 'a.png', url, isTrusted: () => true, open: openPublic });
    await expect(fetching).rejects.toMatchObject({ code: 'address-refused', parameters: { address: 'localhost' } });
    expect(connections).toBe(0);
  });
});

it('an image comes over TLS from the address that was looked up, and no more of it than is read', async () => {
  const file = (name: string) => readFileSync(new URL(`../fixtures/tls/images.example.${name}.pem`, import.meta.url));
  const body = Buffer.alloc(1000, 7);
  const server = createTlsServer({ key: file('key'), cert: file('cert') }, (request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: '/a.png' }).end();
    else if (request.url === '/a.png') response.end(body);
    else response.write(Buffer.alloc(26_000_000));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const fetching = (path: string) =>
    download({
      ...{ name: 'a.png', url: `https://images.example:${port}${path}`, isTrusted: () => true },
      open: openAt(toThisMachine, new Agent({ ca: file('cert') })),
    });
  expect(await fetching('/moved')).toEqual(body);
  await expect(fetching('/endless')).rejects.toMatchObject({ code: 'image-too-large' });
});

it('every step of the way is asked about, and opened as the first was', async () => {
  const asked: string[] = [];
  const opened: string[] = [];
  const fetching = download({
    name: 'a.png',
    url: 'https://example.com/a.png',
    isTrusted: (url) => {
      asked.push(url.href);
      return isPublicUrl(url);
    },
    open: async ({ href }) => {
      opened.push(href);
      return { status: 302, location: 'https://169.254.169.254/latest', body: [], close() {} };
    },
  });
  await expect(fetching).rejects.toMatchObject({ code: 'image-unreadable' });
  expect(asked).toEqual(['https://example.com/a.png', 'https://169.254.169.254/latest']);
  expect(opened).toEqual(['https://example.com/a.png']);
});
