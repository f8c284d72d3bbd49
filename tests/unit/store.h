/* Where a test keeps its record: in a file, or in the database that ANNALS_TEST_RECORD names, there in
 * a schema of its own, emptied first. */
#ifndef ANNALS_TESTS_STORE_H
#define ANNALS_TESTS_STORE_H

#include "record/postgresql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline const char *store_address(void)
{
    const char *address = getenv("ANNALS_TEST_RECORD");
    return address != NULL && address[0] != '\0' ? address : NULL;
}

static inline void store_path(char *path, size_t size, const char *folder)
{
    static int schemas;
    const char *address = store_address();
    if (address == NULL) {
        snprintf(path, size, "%s/a.db", folder);
        return;
    }
    snprintf(path, size, "%s%soptions=-csearch_path%%3Dunit_%d", address,
             strchr(address, '?') != NULL ? "&" : "?", ++schemas);
#ifdef ANNALS_POSTGRESQL
    struct postgresql *connection;
    char sql[100];
    snprintf(sql, sizeof sql, "DROP SCHEMA IF EXISTS unit_%d CASCADE; CREATE SCHEMA unit_%d",
             schemas, schemas);
    if (postgresql_open(address, true, 1000, &connection) == 0)
        postgresql_execute(connection, sql);
    postgresql_close(connection);
#endif
}

#endif
