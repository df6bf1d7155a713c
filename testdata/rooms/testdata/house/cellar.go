package house

const dark = false

type wood struct{ split bool }

var coal = 3

// Shelves can be filled by anybody.
var Shelves = map[string]int{}

func burn() { coal--; Shelves["jam"], coal = 1, 2 }
