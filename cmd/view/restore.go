package view

import (
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
)

// Restoration is a backup that is about to replace the state file.
type Restoration struct {
	From, Path string
	Bytes      int64
	LogLeftOut bool
	Key        string // why its secrets cannot be decrypted, "" when they can
	Holds      []HeldStore
	Replaces   []HeldStore // what is there now, nil when nothing is
	Unusable   string      // why what is there now cannot be read
}

// HeldStore is a summary of one store in a state file.
type HeldStore struct {
	Store    string     `json:"store"`
	Domain   string     `json:"external_domain"`
	Products int        `json:"products"`
	LastRun  *time.Time `json:"last_run_at"`
}

// forPeople prints what would come and what would go.
func (r Restoration) forPeople(v View) error {
	p := v.newSheet()
	p.addLine("backup      %s, %s, checked", plain.Line(r.From), plain.SizeText(r.Bytes))
	addHeldStores(p, r.Holds)
	if r.LogLeftOut {
		p.addText(2, "The log beside it belongs to another file and is left out.")
	}
	if r.Key != "" {
		p.addText(2, "Its secrets cannot be opened here: "+plain.Line(r.Key)+".")
	}
	p.addLine("state file  %s", plain.Line(r.Path))
	switch {
	case r.Unusable != "":
		p.addText(2, "It cannot be used: "+plain.Line(r.Unusable)+".")
	case r.Replaces == nil:
		p.addLine("  there is none now")
	default:
		addHeldStores(p, r.Replaces)
	}
	if r.Unusable != "" || r.Replaces != nil {
		p.addLine("What is there now will be kept beside it.")
	}
	return p.flush()
}

func addHeldStores(p *sheet, stores []HeldStore) {
	if len(stores) == 0 {
		p.addLine("  no store")
	}
	for _, s := range stores {
		last := "no run yet"
		if s.LastRun != nil {
			last = "last run " + p.timeText(*s.LastRun)
		}
		p.addLine("  %s", plain.Line(fmt.Sprintf("%s  %s, %s, %s", s.Store, s.Domain, plain.Counted(s.Products, "product"), last)))
	}
}

// RestoreReport is a backup that has replaced the state file. Its JSON is a contract.
type RestoreReport struct {
	Path    string      `json:"path"`
	From    string      `json:"from"`
	Bytes   int64       `json:"bytes"`
	Kept    *string     `json:"kept"` // where the former file is now, null when there was none
	KeyFits bool        `json:"key_fits"`
	Stores  []HeldStore `json:"stores"`
}

func (r RestoreReport) forPrograms() document { return oneDocument(r) }

// forPeople prints what was done, and where the former file is now.
func (r RestoreReport) forPeople(v View) error {
	p := v.newSheet()
	p.addLine("Restored %s, %s.", plain.Line(r.Path), plain.SizeText(r.Bytes))
	if r.Kept != nil {
		p.addLine("What was there before is kept as %s", plain.Line(*r.Kept))
	}
	if len(r.Stores) > 0 {
		p.addNext(0, connector.Typed("status", "--probe").Next())
	}
	return p.flush()
}
