/** Half hours of branches. Nobody can be promised a place that is not there: the table itself refuses. */
export const slotsStep = `
create table slots (
  id text primary key,
  capacity integer not null,
  taken integer not null default 0 check (taken between 0 and capacity)
) strict, without rowid;
`
