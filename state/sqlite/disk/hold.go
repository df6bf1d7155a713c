package disk

// Hold is what another program does with a file.
type Hold string

// The holds: it writes, or it lets nobody else do anything.
const (
	ForWriting Hold = "for writing"
	Altogether Hold = "altogether"
)
