package health

import "github.com/eshopos/eshopctl/connector"

func keyUnusable(f Facts) *Trouble {
	if f.Key == nil || f.Key.Fault == nil {
		return nil
	}
	if f.Key.Fault.Code == connector.StateUnusable { // the row was altered, so the shop that it names is nobody to connect to
		return Trouble{
			Detail: f.Key.Fault.Message,
			Cure: do("forget the connection, then connect the shop that was linked before; what was imported stays:",
				f.command("disconnect", f.Connector.Provider, "--local"), f.linkedBefore()),
		}.colours(ConnectionLamp, Red)
	}
	return Trouble{
		Detail: f.Key.Fault.Message,
		Cure: do("put the right key back; if it is lost, connect anew, which keeps what was imported:",
			f.command("disconnect", f.Connector.Provider, "--local"), f.connectCommand()),
	}.fails()
}

func keyWell(f Facts) (Result, string) {
	if f.Key == nil {
		return Unknown, "no secret is stored"
	}
	return Passed, "it opens the stored secrets"
}
