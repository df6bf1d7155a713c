package exit

// StatusMeanings explain the exit statuses. Any other status means failure.
func StatusMeanings() []StatusMeaning {
	return []StatusMeaning{
		{Done, "done, or nothing to do; also a preview that would reject records, and a run with warnings"},
		{Failed, "failed, not otherwise classed; state file or key unusable, disk full, callback port busy"},
		{Different, "differences or drift exist, and --exit-code was given"},
		{Connect, "not connected, authorisation needed, scope missing, a connect that failed; shop frozen, locked, gone or refusing"},
		{Partial, "a run finished, but partial: some records were rejected"},
		{Stale, "stale plan"},
		{Temporary, "temporary: network, throttling, provider fault, incomplete read; trying again helps"},
		{Guard, "a guard or --fail-on stopped it; nothing was written"},
		{NotGreen, "status --check: a light is not green"},
		{Locked, "another run holds this store, or another program the state file"},
		{Usage, "usage: flags, names, domains, missing client id, unknown run or plan, no answer possible"},
		{Interrupted, "interrupted"},
		{ClosedPipe, "the program that read the output went away, as head does"},
	}
}

// StatusMeaning explains one exit status.
type StatusMeaning struct {
	Status  int
	Meaning string
}
