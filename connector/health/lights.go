package health

import (
	"github.com/eshopos/eshopctl/connector"
)

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

// Lights are the lights of the store that was examined. They follow from what was
// found, so that no light is without a finding.
func (e Examined) Lights() Lights {
	if e.connector.Reason == connector.Disconnected && e.connector.State == connector.Inactive {
		return Lights{Grey, Grey, Grey}
	}
	return Lights{e.light(ConnectionLamp), e.light(LastRunLamp), e.light(DataAgeLamp)}
}

func (e Examined) light(lamp Lamp) Light {
	if finding, ok := e.Why(lamp); ok {
		return finding.colour
	}
	return Green
}

// Why is the finding that gives a light its colour: the first of the worst. There
// is none for a green one.
func (e Examined) Why(lamp Lamp) (Finding, bool) {
	var worst Finding
	for _, finding := range e.Findings {
		if finding.lamp == lamp && (worst.lamp == noLamp || worst.colour == Yellow && finding.colour == Red) {
			worst = finding
		}
	}
	return worst, worst.lamp != noLamp
}
