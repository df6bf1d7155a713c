// Package house has figures that can be counted by hand.
package house

func (s *Stove) lightUp() { s.Lit = dark }

func look(s Stove) bool { return s.Lit }
