package view

import (
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/importer"
)

// StateInfo describes a state file. Its JSON is a contract with scripts.
type StateInfo struct {
	Path      string      `json:"path"`
	Schema    int         `json:"schema_version"`
	Known     int         `json:"newest_schema_version"` // that this program knows
	SQLite    string      `json:"sqlite_version"`
	Bytes     int64       `json:"bytes"`
	LogBytes  int64       `json:"log_bytes"`
	FreeBytes int64       `json:"free_bytes"`
	Key       string      `json:"key"` // where it lies, never what it is
	Stores    []StoreInfo `json:"stores"`
	Locks     []HeldLock  `json:"locks"`
}

// StoreInfo is what a state file holds of one store.
type StoreInfo struct {
	Store     string         `json:"store"`
	Rows      map[string]int `json:"rows"`
	Runs      int            `json:"runs"`
	Snapshots []KeptSnapshot `json:"snapshots"` // the newest first
}

// KeptSnapshot is a read of the shop from which a plan can still be made.
type KeptSnapshot struct {
	Run    string    `json:"run"`
	ReadAt time.Time `json:"read_at"`
}

// HeldLock is a lock and who holds it.
type HeldLock struct {
	Lock  string     `json:"lock"`
	PID   int        `json:"pid"`
	Host  string     `json:"host"`
	What  string     `json:"what"`
	Since *time.Time `json:"since"`
}

func (info StateInfo) forPrograms() document { return oneDocument(info) }

// forPeople prints facts about the state file and what it holds.
func (info StateInfo) forPeople(v View) error {
	p := v.newSheet()
	p.addLine("state file  %s", plain.Line(info.Path))
	p.addLine("")
	p.addFact("schema", schemaText(info))
	p.addFact("size", sizeText(info))
	p.addFact("key", plain.Line(info.Key))
	p.addFact("SQLite", plain.Line(info.SQLite))
	addStores(p, info.Stores)
	addLocks(p, info.Locks)
	return p.flush()
}

func schemaText(info StateInfo) string {
	if info.Schema < info.Known {
		return fmt.Sprintf("%d; the next command that writes brings it to %d", info.Schema, info.Known)
	}
	return fmt.Sprintf("%d, the newest", info.Schema)
}

func sizeText(info StateInfo) string {
	text := plain.SizeText(info.Bytes)
	if info.FreeBytes > 0 {
		text += ", of which " + plain.SizeText(info.FreeBytes) + " are free for new rows"
	}
	if info.LogBytes > 0 {
		text += "; " + plain.SizeText(info.LogBytes) + " more in its log"
	}
	return text
}

func addStores(p *sheet, stores []StoreInfo) {
	if len(stores) == 0 {
		return
	}
	columns := []plain.Column{plain.Whole("store"), plain.Number("runs"), plain.Number("snapshots")}
	for _, t := range importer.Tables() {
		c := plain.Number(t.Name)
		c.Spare = t.Minor
		columns = append(columns, c)
	}
	var rows [][]string
	for _, s := range stores {
		row := []string{s.Store, plain.Count(s.Runs), plain.Count(len(s.Snapshots))}
		for _, t := range importer.Tables() {
			row = append(row, plain.Count(s.Rows[t.Name]))
		}
		rows = append(rows, row)
	}
	p.addLine("")
	p.addTable(columns, rows)
	for _, s := range stores {
		if len(s.Snapshots) > 0 {
			p.addLine("")
			p.addLine("  snapshots of %s, to be planned from with import preview --from RUN", plain.Line(s.Store))
		}
		for _, kept := range s.Snapshots {
			p.addLine("    %s  read %s", plain.Line(kept.Run), p.timeText(kept.ReadAt))
		}
	}
}

func addLocks(p *sheet, locks []HeldLock) {
	p.addLine("")
	if len(locks) == 0 {
		p.addLine("  no lock is held: nothing is at work")
		return
	}
	for _, l := range locks {
		since := ""
		if l.Since != nil {
			since = ", since " + p.timeText(*l.Since)
		}
		p.addLine("  lock %s is held: %s (process %d on %s%s)", plain.Line(l.Lock), plain.Line(l.What), l.PID, plain.Line(l.Host), since)
	}
}

// Backup is a copy of a state file that was made. Its JSON is a contract.
type Backup struct {
	Path    string `json:"path"`
	Bytes   int64  `json:"bytes"`
	Checked bool   `json:"checked"`
	Key     string `json:"key"`
}

func (b Backup) forPrograms() document { return oneDocument(b) }

// forPeople prints that a copy was made, and that the key is not in it.
func (b Backup) forPeople(v View) error {
	p := v.newSheet()
	p.addLine("%s in %s, checked.", plain.SizeText(b.Bytes), plain.Line(b.Path))
	p.addLine("The key is not in it, keep a copy of it elsewhere: %s", plain.Line(b.Key))
	return p.flush()
}

// PruneReport is the state file after the old runs of a store were pruned. Its JSON is a
// contract.
type PruneReport struct {
	Bytes int64  `json:"file_bytes"`
	Free  int64  `json:"free_bytes"`
	Kept  int    `json:"kept"` // runs whose changes and warnings are kept
	Store string `json:"store"`
}

func (r PruneReport) forPrograms() document { return oneDocument(r) }

// forPeople says what was kept and how large the state file is.
func (r PruneReport) forPeople(v View) error {
	p := v.newSheet()
	p.addText(0, fmt.Sprintf("the changes and warnings of the newest %s of store %s are kept; "+
		"the state file has %s, of which %s are free to be used again",
		plain.Counted(r.Kept, "run"), plain.Line(r.Store), plain.SizeText(r.Bytes), plain.SizeText(r.Free)))
	return p.flush()
}
