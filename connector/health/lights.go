package health

import "github.com/eshopos/eshopctl/connector"

// A light has the colour of the worst finding about it. Which fact makes which light
// yellow or red stands in light_connection*.go, light_last_run.go and light_data_age.go,
// where a Trouble colours its lamp.

// Lights returns the lights of the store that was examined. All are grey after a
// disconnect on purpose.
func (e Examination) Lights() Lights {
	if e.connector.Reason == connector.Disconnected && e.connector.State == connector.Inactive {
		return Lights{Grey, Grey, Grey}
	}
	return Lights{e.light(ConnectionLamp), e.light(LastRunLamp), e.light(DataAgeLamp)}
}

func (e Examination) light(lamp Lamp) Light {
	if finding, ok := e.Why(lamp); ok {
		return finding.colour
	}
	return Green
}

// Why returns the finding that gives a light its colour: the first of the worst. A green
// light has none.
func (e Examination) Why(lamp Lamp) (Finding, bool) {
	var worst Finding
	for _, finding := range e.Findings {
		if finding.lamp == lamp && (worst.lamp == noLamp || worst.colour == Yellow && finding.colour == Red) {
			worst = finding
		}
	}
	return worst, worst.lamp != noLamp
}
