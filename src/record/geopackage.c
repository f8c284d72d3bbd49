/* Writes a GeoPackage 1.3 (OGC 12-128r17): an SQLite file with one layer of points.
 *
 * A point is the GeoPackage binary header (no envelope) and ISO WKB, both little-endian. The required
 * tables and the three required reference systems are written; there is no R*Tree (it is optional, and
 * readers make their own). `last_change` is fixed, so that the same events make the same file. */
#include "record/geopackage.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct geopackage {
    sqlite3 *database;
    sqlite3_stmt *insert;
    int columns;
    double west, south, east, north;
    char layer[64];
    char path[];
};

static const char tables[] =
    "PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300;"
    "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, "
    "organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, "
    "definition TEXT NOT NULL, description TEXT);"
    "INSERT INTO gpkg_spatial_ref_sys VALUES "
    "('Undefined Cartesian', -1, 'NONE', -1, 'undefined', NULL), "
    "('Undefined geographic', 0, 'NONE', 0, 'undefined', NULL), "
    "('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\","
    "SPHEROID[\"WGS 84\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],"
    "UNIT[\"degree\",0.0174532925199433],AUTHORITY[\"EPSG\",\"4326\"]]', NULL);"
    "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, "
    "identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL, "
    "min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, "
    "srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));"
    "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL UNIQUE "
    "REFERENCES gpkg_contents(table_name), column_name TEXT NOT NULL, "
    "geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL "
    "REFERENCES gpkg_spatial_ref_sys(srs_id), z TINYINT NOT NULL, m TINYINT NOT NULL, "
    "PRIMARY KEY (table_name, column_name));";

static annals_status fail(struct geopackage *package, annals_error *error)
{
    return error_set(error, ANNALS_CANNOT_WRITE, "%s: %s", package->path,
                     package->database != NULL ? sqlite3_errmsg(package->database)
                                               : "cannot be made");
}

static int run(struct geopackage *package, char *sql)
{
    int code = sql == NULL ? SQLITE_NOMEM : sqlite3_exec(package->database, sql, NULL, NULL, NULL);
    sqlite3_free(sql);
    return code;
}

/* The layer's own table, and the statement that fills it. */
static int make_layer(struct geopackage *package, const char *const *columns)
{
    char *create = sqlite3_mprintf("CREATE TABLE \"%w\" (fid INTEGER PRIMARY KEY AUTOINCREMENT, "
                                   "geom BLOB", package->layer);
    char *insert = sqlite3_mprintf("INSERT INTO \"%w\" VALUES (NULL, ?", package->layer);
    for (int i = 0; columns[i] != NULL && create != NULL && insert != NULL; i++) {
        const char *type = strrchr(columns[i], ' ');
        char *more = sqlite3_mprintf("%s, \"%.*w\"%s", create, (int)(type - columns[i]), columns[i],
                                     type);
        char *marks = sqlite3_mprintf("%s, ?", insert);
        sqlite3_free(create);
        sqlite3_free(insert);
        create = more;
        insert = marks;
        package->columns++;
    }
    char *create_all = create != NULL ? sqlite3_mprintf("%s)", create) : NULL;
    char *insert_all = insert != NULL ? sqlite3_mprintf("%s)", insert) : NULL;
    sqlite3_free(create);
    sqlite3_free(insert);
    int code = run(package, create_all);
    if (code == SQLITE_OK)
        code = insert_all == NULL ? SQLITE_NOMEM
                                  : sqlite3_prepare_v2(package->database, insert_all, -1,
                                                       &package->insert, NULL);
    sqlite3_free(insert_all);
    return code;
}

annals_status geopackage_open(struct geopackage **package, const char *path, const char *layer,
                              const char *const *columns, annals_error *error)
{
    size_t length = strlen(path);
    if (access(path, F_OK) == 0)
        return error_set(error, ANNALS_CANNOT_WRITE, "%s: is there already", path);
    struct geopackage *made = calloc(1, sizeof *made + length + 1);
    if (made == NULL)
        return error_set(error, ANNALS_NO_MEMORY, "out of memory");
    memcpy(made->path, path, length + 1);
    snprintf(made->layer, sizeof made->layer, "%s", layer);
    made->west = made->south = INFINITY;
    made->east = made->north = -INFINITY;
    int code = sqlite3_open_v2(path, &made->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                               NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(made->database, "PRAGMA journal_mode = MEMORY; BEGIN", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(made->database, tables, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = make_layer(made, columns);
    if (code != SQLITE_OK) {
        annals_status status = fail(made, error);
        geopackage_close(made, false, NULL);
        return status;
    }
    *package = made;
    return ANNALS_OK;
}

static void put_double(unsigned char *to, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 8; i++)
        to[i] = (unsigned char)(bits >> (8 * i));
}

annals_status geopackage_add(struct geopackage *package, double longitude, double latitude,
                             const char *const *values, annals_error *error)
{
    /* "GP", version 0, flags: little-endian without envelope; EPSG 4326; then WKB point. */
    unsigned char point[8 + 21] = {'G', 'P', 0, 1, 0xE6, 0x10, 0, 0, 1, 1, 0, 0, 0};
    put_double(point + 13, longitude);
    put_double(point + 21, latitude);
    sqlite3_reset(package->insert);
    sqlite3_clear_bindings(package->insert);
    sqlite3_bind_blob(package->insert, 1, point, sizeof point, SQLITE_TRANSIENT);
    for (int i = 0; i < package->columns; i++)
        if (values[i] != NULL && values[i][0] != '\0')
            sqlite3_bind_text(package->insert, i + 2, values[i], -1, SQLITE_TRANSIENT);
    if (sqlite3_step(package->insert) != SQLITE_DONE)
        return fail(package, error);
    package->west = fmin(package->west, longitude);
    package->east = fmax(package->east, longitude);
    package->south = fmin(package->south, latitude);
    package->north = fmax(package->north, latitude);
    return ANNALS_OK;
}

static int finish(struct geopackage *package)
{
    bool any = package->west <= package->east;
    char *contents =
        any ? sqlite3_mprintf("INSERT INTO gpkg_contents VALUES (%Q, 'features', %Q, '', "
                              "'1970-01-01T00:00:00.000Z', %.9f, %.9f, %.9f, %.9f, 4326)",
                              package->layer, package->layer, package->west, package->south,
                              package->east, package->north)
            : sqlite3_mprintf("INSERT INTO gpkg_contents VALUES (%Q, 'features', %Q, '', "
                              "'1970-01-01T00:00:00.000Z', NULL, NULL, NULL, NULL, 4326)",
                              package->layer, package->layer);
    int code = run(package, contents);
    if (code == SQLITE_OK)
        code = run(package, sqlite3_mprintf("INSERT INTO gpkg_geometry_columns VALUES "
                                            "(%Q, 'geom', 'POINT', 4326, 0, 0)", package->layer));
    if (code == SQLITE_OK)
        code = sqlite3_exec(package->database, "COMMIT", NULL, NULL, NULL);
    return code;
}

annals_status geopackage_close(struct geopackage *package, bool keep, annals_error *error)
{
    sqlite3_finalize(package->insert);
    package->insert = NULL;
    annals_status status = ANNALS_OK;
    if (keep && finish(package) != SQLITE_OK) {
        status = fail(package, error);
        keep = false;
    }
    sqlite3_close(package->database);
    if (!keep)
        unlink(package->path);
    free(package);
    return status;
}
