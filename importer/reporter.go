package importer

// Reporter hears how a run goes on. It must not block.
type Reporter interface {
	Reading(t *Table, phase Phase, read, total int) // total 0: not known
	Planning(t *Table)
	Applying(done, total int)
}

// Phase is what is done to read a table.
type Phase string

// The phases. Gathering is what the shop does before it has a file to download.
const (
	PhaseReading     Phase = "reading"
	PhaseGathering   Phase = "gathering"
	PhaseDownloading Phase = "downloading"
)
