package connector

import "cmp"

// ConnectCommand returns the command that connects again, for the same resources and in the
// same way, unless the shop refuses the app in that way.
func (c Connector) ConnectCommand() Command {
	command := Typed("connect", c.Provider).For(c.Store).With("--shop", cmp.Or(c.Domain, c.Platform.ShopExample))
	switch {
	case c.Reason.NeedsBrowser():
		command = command.With("--auth", string(Browser))
	case c.Auth != "" && c.Auth != Browser:
		command = command.With("--auth", string(c.Auth))
	case c.Auth == Browser && c.Token.Kind == Permanent:
		command = command.With("--permanent-token")
	}
	if set := c.SetUpFor(); len(set) < len(Resources()) {
		command = command.With("--only", JoinResources(set, ","))
	}
	return command
}

// ConnectCommandFor returns the command that connects again and sets the connector up for
// these resources from then on.
func (c Connector) ConnectCommandFor(resources []Resource) Command {
	c.Purpose = resources
	if all := len(c.SetUpFor()) == len(Resources()); all {
		return c.ConnectCommand().With("--only", EveryResource)
	}
	return c.ConnectCommand()
}

// DisconnectCommand returns the command that disconnects.
func (c Connector) DisconnectCommand() Command { return Typed("disconnect", c.Provider).For(c.Store) }

// NextAfter returns what to do about a fault of the provider, with commands that name
// this store and the domain that its shop has now. The provider knows no stores, so its
// own commands name none.
func (c Connector) NextAfter(fault *Fault) Next {
	c.Domain = cmp.Or(MovedTo(fault), c.Domain)
	return fault.Next.Each(func(command Command) Command {
		if command.IsConnect() && command.AtHand {
			return c.ConnectCommand()
		}
		return command.filledIn(c.Store)
	})
}
