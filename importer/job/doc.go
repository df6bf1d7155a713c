// Package job holds the use cases: what is done with a store from the first check to the
// entry in the history. It knows no terminal, no flags and no database.
//
//	lock -> ready? -> record -> read -> plan -> limits -> ask -> turn -> apply -> record
//	\_ refused here: no trace _/  \_ failed here: the run says so _/
//
// Preview, Import, ApplyPlan and Reconcile each do a part of that line; ForAll does one of
// them for many stores. LinkWarehouse, UnlinkWarehouse and MergeWarehouses change which
// warehouse stands for which location, under the same lock. A caller passes an Env: the
// state, the shops, who is asked (Operator) and who is told (Listener). It gets a Report,
// and an error that is stored with the run unless the job was refused before it began.
//
//   - env.go, ports.go, read_ports.go, warehouse.go and backup.go: what a job works with.
//   - event.go, question.go, report.go: what it tells, asks and returns.
//   - preview.go, import.go, apply.go, reconcile.go, link.go, merge.go, restore.go: the use
//     cases.
//   - begin.go begins a run and end.go ends it; contact.go talks to the shop, plan.go and
//     write.go are the two halves in between.
//   - limits.go and fail_on.go: what stops a plan.
//   - explain.go, inquiry.go and explain_levels.go: why a SKU has the stock that it has.
package job
