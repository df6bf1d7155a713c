package health

// Light is a colour.
type Light string

// The lights. Grey is a store that was disconnected on purpose.
const (
	Green  Light = "green"
	Yellow Light = "yellow"
	Red    Light = "red"
	Grey   Light = "grey"
)

// Lights answer three questions apart: is it connected, did the last run go
// well, how old is the data. Their JSON is a contract with scripts.
type Lights struct {
	Connection Light `json:"connection"`
	LastRun    Light `json:"last_run"`
	DataAge    Light `json:"data_age"`
}

// AllGreen reports whether there is nothing to do about any of them.
func (l Lights) AllGreen() bool { return l == Lights{Green, Green, Green} }

// Lamp is one of the three lights of a card.
type Lamp int

// The lamps.
const (
	noLamp Lamp = iota
	ConnectionLamp
	LastRunLamp
	DataAgeLamp
)
