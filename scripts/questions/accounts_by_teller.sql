-- One row is a kind of teller and how near they were; the accounts of an act for which the report names a teller are counted.
-- unit: accounts
-- leaves_out: What the report states without saying who told it. Four people who tell of one act are four accounts.
-- accounts: Accounts, one an act and teller.
-- acts: Acts told of so; one act counts once in a row.
SELECT
  attestor_kind,
  distance,
  count(*) AS accounts,
  count(DISTINCT act_id) AS acts
FROM attestations
GROUP BY attestor_kind, distance
ORDER BY attestor_kind, distance
