package house

const dark = false

type wood struct{ split bool }
