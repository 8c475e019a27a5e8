// The yardstick: a plain Node loader as one writes it by hand, without packages. It reads the CSV as a stream, posts chunks of 250 on
// four kept-alive connections and writes request_id → id. It has no journal, no resume, no rejects, no look-up, no check of the file
// before the first request: what it leaves out is what Catalog Drop is for.
//
//     node loader.mjs BASE-URL TOKEN CATALOG-ID DROP.csv MAPPING.json
import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import http from 'node:http';

const [baseUrl, token, catalogId, drop, mapping] = process.argv.slice(2);
const CHUNK = 250;
const IN_FLIGHT = 4;
const agent = new http.Agent({ keepAlive: true, maxSockets: IN_FLIGHT });

/** The records of a CSV stream: quotes, doubled quotes, line breaks in quotes, CRLF. One array of records a block of the file. */
async function* records(stream) {
  let text = '';
  for await (const block of stream) {
    text += block;
    const { found, rest } = split(text, false);
    text = rest;
    yield found;
  }
  yield split(text.length && !text.endsWith('\n') ? text + '\n' : text, true).found;
}

/** The whole records of a text, and what is left of it. */
function split(text, last) {
  const found = [];
  let record = [];
  let at = 0;
  let rest = 0;
  while (at < text.length) {
    let cell;
    let end;
    if (text[at] === '"') {
      let quote = at;
      do {
        quote = text.indexOf('"', quote + 1);
      } while (quote >= 0 && text[quote + 1] === '"' && quote++);
      if (quote < 0 || quote + 1 === text.length) break;
      cell = text.slice(at + 1, quote);
      if (cell.includes('"')) cell = cell.replaceAll('""', '"');
      end = quote + 1;
    } else {
      end = at;
      while (end < text.length && text[end] !== ',' && text[end] !== '\n' && text[end] !== '\r') end++;
      cell = text.slice(at, end);
    }
    if (text[end] === '\r') end++;
    if (end >= text.length) break;
    record.push(cell);
    at = end + 1;
    if (text[end] === '\n') {
      found.push(record);
      record = [];
      rest = at;
    }
  }
  if (last && rest < text.length) throw new Error('the last record is not whole');
  return { found, rest: text.slice(rest) };
}

/** The element to add that a record means. */
function element(header, record, requestId) {
  const item = { catalog_id: catalogId, request_id: requestId, custom_fields: [] };
  header.forEach((column, at) => {
    if (column === 'name') item.name = record[at];
    else if (record[at] !== '') item.custom_fields.push({ id: column.slice(3), values: [{ value: record[at] }] });
  });
  return item;
}

function post(items) {
  const body = Buffer.from(JSON.stringify({ add: items }));
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Content-Length': body.length };
  return new Promise((resolve, reject) => {
    const request = http.request(`${baseUrl}/api/v2/catalog_elements`, { method: 'POST', agent, headers }, async (response) => {
      try {
        const parts = [];
        for await (const part of response) parts.push(part);
        const answer = Buffer.concat(parts).toString();
        if (response.statusCode !== 200) throw new Error(`HTTP ${response.statusCode}: ${answer.slice(0, 300)}`);
        resolve(JSON.parse(answer)._embedded.items);
      } catch (fault) {
        reject(fault);
      }
    });
    request.on('error', reject);
    request.end(body);
  });
}

const output = createWriteStream(mapping);
let mapped = 0;

async function send(items) {
  let pairs = '';
  for (const { request_id: requestId, id } of await post(items)) {
    pairs += `${mapped++ ? ',\n' : ''}"${requestId}": ${id}`;
  }
  if (!output.write(pairs)) await once(output, 'drain');
}

const underWay = new Set();
async function start(items) {
  const sending = send(items).finally(() => underWay.delete(sending));
  underWay.add(sending);
  if (underWay.size === IN_FLIGHT) await Promise.race(underWay);
}

let header;
let rows = 0;
let chunk = [];
output.write('{\n');
for await (const found of records(createReadStream(drop, { encoding: 'utf8', highWaterMark: 1 << 18 }))) {
  for (const record of found) {
    if (!header) {
      header = record;
      continue;
    }
    chunk.push(element(header, record, ++rows));
    if (chunk.length === CHUNK) {
      await start(chunk);
      chunk = [];
    }
  }
}
if (chunk.length) await start(chunk);
await Promise.all(underWay);
output.end('\n}\n');
await once(output, 'finish');
agent.destroy();
if (mapped !== rows) throw new Error(`${rows} rows, but ${mapped} ids`);
console.log(`${rows} rows`);
