DROP TABLE umbrella_copies;
DROP TABLE umbrella_figures;
DROP TABLE umbrella_tables;
DROP TABLE affiliations;
DROP TABLE umbrellas;
