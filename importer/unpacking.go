package importer

import "iter"

// unpacking is the way through the chunks of one table of a snapshot. A chunk is
// only unpacked when it is opened; once two in a row were, the next one is unpacked
// meanwhile.
type unpacking struct {
	table    *Table
	snapshot Snapshot
	next     func() (Chunk, error, bool)
	end      func()

	at       opening
	opened   bool     // the chunk at hand was
	before   bool     // and the one before it
	followed *opening // the chunk behind it, nil when it was not looked at yet
}

// opening is a chunk, or that there is none any more.
type opening struct {
	chunk   Chunk
	have    bool
	err     error
	records chan unpacked // nil: nobody unpacks it yet
}

type unpacked struct {
	records Packed
	err     error
}

// unpack begins in front of the first chunk. Stop it.
func unpack(s Snapshot, t *Table) *unpacking {
	u := &unpacking{table: t, snapshot: s}
	u.next, u.end = iter.Pull2(s.Chunks(t))
	return u
}

// advance goes to the next chunk and reports whether there is one.
func (u *unpacking) advance() (have bool, err error) {
	u.before, u.opened = u.opened, false
	if u.followed != nil {
		u.at, u.followed = *u.followed, nil
	} else {
		u.at = u.pull()
	}
	return u.at.have, u.at.err
}

func (u *unpacking) pull() (o opening) {
	o.chunk, o.err, o.have = u.next()
	return o
}

// open gives the records of the chunk at hand.
func (u *unpacking) open() (Packed, error) {
	if u.before {
		u.follow()
	}
	u.opened = true
	if u.at.records == nil {
		return u.snapshot.Unpack(u.table, u.at.chunk)
	}
	ready := <-u.at.records
	return ready.records, ready.err
}

// follow unpacks the next chunk meanwhile.
func (u *unpacking) follow() {
	following := u.pull()
	u.followed = &following
	if !following.have || following.err != nil {
		return
	}
	following.records = make(chan unpacked, 1)
	go func() {
		records, err := u.snapshot.Unpack(u.table, following.chunk)
		following.records <- unpacked{records, err}
	}()
}

// stop ends the way.
func (u *unpacking) stop() {
	if u.followed != nil && u.followed.records != nil {
		<-u.followed.records
	}
	u.end()
}
