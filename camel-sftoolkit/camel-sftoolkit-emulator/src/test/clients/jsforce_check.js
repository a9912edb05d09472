// Checks of the emulator through jsforce: node jsforce_check.js URL. Prints a line "ok AREA" or "failed AREA: why" each.
const assert = require('node:assert');
const jsforce = require('jsforce');

const url = process.argv[2];

async function check(area, work) {
  try {
    await work();
    console.log(`ok ${area}`);
  } catch (e) {
    console.log(`failed ${area}: ${String(e.message || e).replace(/\s+/g, ' ').slice(0, 200)}`);
  }
}

(async () => {
  const conn = new jsforce.Connection({
    loginUrl: url,
    version: '66.0',
    oauth2: { loginUrl: url, clientId: 'emulator-client', clientSecret: 'emulator-secret' },
  });
  await check('login', async () => {
    const user = await conn.login('user@example.com', 'passwordtoken');
    assert.ok(user.id && conn.accessToken);
    assert.strictEqual((await conn.identity()).username, 'user@example.com');
    // the login by SOAP ended with version 64.0
    const soap = new jsforce.Connection({ loginUrl: url, version: '64.0' });
    await soap.login('user@example.com', 'passwordtoken');
    assert.ok(soap.accessToken);
  });
  await check('records', async () => {
    const made = await conn.sobject('Account').create({ Name: 'JavaScript' });
    assert.ok(made.success);
    assert.strictEqual((await conn.sobject('Account').retrieve(made.id)).Name, 'JavaScript');
    assert.ok((await conn.sobject('Account').update({ Id: made.id, Name: 'TypeScript' })).success);
    const upserted = await conn.sobject('Account').upsert({ External_ID__c: 'J-1', Name: 'By key' }, 'External_ID__c');
    assert.ok(upserted.success);
    const many = await conn.sobject('Contact').create([1, 2, 3].map((i) => ({ LastName: `c${i}` })));
    assert.strictEqual(many.filter((r) => r.success).length, 3);
    assert.ok((await conn.sobject('Account').destroy(made.id)).success);
    await assert.rejects(conn.sobject('Account').retrieve(made.id));
  });
  await check('query', async () => {
    const rows = await conn.sobject('Contact').find({ LastName: { $like: 'c%' } }, 'Id, LastName').sort({ LastName: 1 });
    assert.deepStrictEqual(rows.map((r) => r.LastName), ['c1', 'c2', 'c3']);
    await assert.rejects(conn.query('SELECT Nope FROM Account'), { errorCode: 'INVALID_FIELD' });
  });
  await check('search', async () => {
    await conn.sobject('Account').create({ Name: 'Searchable' });
    const found = await conn.search('FIND {Searchable} IN ALL FIELDS RETURNING Account(Id, Name)');
    assert.strictEqual(found.searchRecords[0].Name, 'Searchable');
  });
  await check('describe', async () => {
    assert.ok((await conn.describeGlobal()).sobjects.some((o) => o.name === 'Account'));
    assert.ok((await conn.sobject('Account').describe()).fields.some((f) => f.name === 'Name'));
  });
  await check('bulk 2.0', async () => {
    const results = await conn.bulk2.loadAndWaitForResults({
      object: 'Account',
      operation: 'insert',
      input: Array.from({ length: 50 }, (_, i) => ({ Name: `bulk${i}` })),
      pollTimeout: 30000,
      pollInterval: 200,
    });
    assert.strictEqual(results.successfulResults.length, 50);
    conn.bulk2.pollInterval = 200;
    const stream = await conn.bulk2.query("SELECT Name FROM Account WHERE Name LIKE 'bulk%'");
    assert.strictEqual((await stream.toArray()).length, 50);
  });
  await check('bulk 1', async () => {
    conn.bulk.pollInterval = 200;
    const results = await conn.bulk.load('Lead', 'insert', [1, 2, 3].map((i) => ({ LastName: `l${i}`, Company: 'c' })));
    assert.strictEqual(results.filter((r) => r.success).length, 3);
  });
  await check('replication', async () => {
    await fetch(`${url}/__emulator/clock`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ advance: '2m' }),
    });
    const changed = await conn.sobject('Account').updated(new Date(Date.now() - 600000), new Date(Date.now() + 60000));
    assert.ok(changed.ids.length > 0);
  });
})();
