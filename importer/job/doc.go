// Package job holds the use cases: what is done with a store from the first check to
// the entry in the history. It knows no terminal, no flags and no database.
//
//	lock -> ready? -> record -> read -> plan -> limits -> ask -> turn -> apply -> record
//	\_ refused here: no trace _/  \_ failed here: the run says so _/
//
// Preview, Import, Apply and Reconcile each do a part of that line; ForAll does one of
// them for many stores. Link, Unlink and Merge change the mapping of warehouses under the
// same lock. A caller gives an Env: the state, the shops, who is asked
// (Operator) and who hears (Listener). It gets a Report, and an error that is recorded
// with the run unless the job was refused before it began.
//
//   - env.go and ports.go: what a job is done with.
//   - event.go, question.go, report.go: what it tells, asks and answers.
//   - preview.go, import.go, apply.go, reconcile.go, link.go, merge.go: the use cases.
//   - work.go begins a run and end.go ends it; contact.go is what it has to do with the
//     shop, plan.go and write.go are its two halves.
//   - limits.go and fail_on.go: what stops a plan.
package job
