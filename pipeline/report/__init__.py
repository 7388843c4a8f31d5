"""The stage `report`: what people read, and the tables that they take with them."""
