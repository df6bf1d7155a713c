package importer

// Reporter is told about the progress of a run. It must not block.
type Reporter interface {
	Reading(t *Table, phase Phase, read, total int) // total is 0 if it is not known
	Planning(t *Table)
	Applying(done, total int)
}

// Phase is a phase of reading a table.
type Phase string

// The phases. While gathering, the shop prepares a file to download.
const (
	PhaseReading     Phase = "reading"
	PhaseGathering   Phase = "gathering"
	PhaseDownloading Phase = "downloading"
)
