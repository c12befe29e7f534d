/* What a stock table's page would say inline: its menu may offer to count a column's values. */
var DATASETTE_ALLOW_FACET = true;
