#pragma once

// The one table of error codes: X(enumerator, stable text, default meaning, retryable by default).
// P codes are Prisma's, with Prisma's meaning; L codes are ours, for what Prisma has no code for. Retryable means that
// the same call, or the same transaction, may succeed when it is simply tried again.

#define LAMINA_ERROR_CODES(X)                                                                                     \
    /* The connection and its server. */                                                                          \
    X(AuthenticationFailed, "P1000", "Authentication failed", false)                                              \
    X(ServerUnreachable, "P1001", "The database server cannot be reached", true)                                  \
    X(ServerTimeout, "P1002", "The database server was reached but did not answer in time", true)                 \
    X(DatabaseMissing, "P1003", "The database does not exist", false)                                             \
    X(OperationTimeout, "P1008", "The operation took longer than its time limit", true)                           \
    X(DatabaseExists, "P1009", "The database exists already", false)                                              \
    X(AccessDenied, "P1010", "Access to the database was denied", false)                                          \
    X(TlsFailed, "P1011", "The TLS connection could not be opened", false)                                        \
    X(SchemaInvalid, "P1012", "The schema is not valid", false)                                                   \
    X(UrlInvalid, "P1013", "The database URL is not valid", false)                                                \
    X(ModelTableMissing, "P1014", "The table behind a model does not exist", false)                               \
    X(FeatureNotInVersion, "P1015", "The database's version does not have a feature that the schema uses", false) \
    X(RawParameterCount, "P1016", "The raw query has a wrong number of parameters", false)                        \
    X(ConnectionLost, "P1017", "The server has closed the connection", true)                                      \
    X(TransactionClosed, "P1018", "The transaction is closed already", false)                                     \
    /* Queries. */                                                                                                \
    X(ValueTooLong, "P2000", "The value is too long for the column", false)                                       \
    X(FilteredRecordMissing, "P2001", "The record searched for does not exist", false)                            \
    X(UniqueViolation, "P2002", "Unique constraint failed", false)                                                \
    X(ForeignKeyViolation, "P2003", "Foreign key constraint violated", false)                                     \
    X(ConstraintViolation, "P2004", "A constraint failed in the database", false)                                 \
    X(StoredValueInvalid, "P2005", "The value stored in the database is invalid for the field's type", false)     \
    X(ProvidedValueInvalid, "P2006", "The provided value is not valid for the field", false)                      \
    X(DataValidation, "P2007", "Data validation error", false)                                                    \
    X(QueryParseFailed, "P2008", "The query could not be parsed", false)                                          \
    X(QueryInvalid, "P2009", "The query is not valid", false)                                                     \
    X(RawQueryFailed, "P2010", "Raw query failed", false)                                                         \
    X(NullViolation, "P2011", "Null constraint violation", false)                                                 \
    X(RequiredValueMissing, "P2012", "A required value is missing", false)                                        \
    X(RequiredArgumentMissing, "P2013", "A required argument is missing", false)                                  \
    X(RelationViolation, "P2014", "The change would violate a required relation", false)                          \
    X(RelatedRecordMissing, "P2015", "A related record could not be found", false)                                \
    X(QueryInterpretation, "P2016", "The query could not be interpreted", false)                                  \
    X(RecordsNotConnected, "P2017", "The records of a relation are not connected", false)                         \
    X(ConnectedRecordsMissing, "P2018", "The required connected records were not found", false)                   \
    X(InputError, "P2019", "Input error", false)                                                                  \
    X(ValueOutOfRange, "P2020", "The value is out of range for the type", false)                                  \
    X(TableMissing, "P2021", "The table does not exist in the database", false)                                   \
    X(ColumnMissing, "P2022", "The column does not exist in the database", false)                                 \
    X(InconsistentColumnData, "P2023", "Inconsistent column data", false)                                         \
    X(PoolTimeout, "P2024", "Timed out fetching a connection from the pool", true)                                \
    X(RecordMissing, "P2025", "An operation failed because it depends on records that were not found", false)     \
    X(UnsupportedFeature, "P2026", "The database does not support a feature that the query uses", false)          \
    X(MultipleErrors, "P2027", "Multiple errors occurred in the database", false)                                 \
    X(TransactionFailed, "P2028", "Transaction API error", false)                                                 \
    X(ParameterLimit, "P2029", "The query parameter limit of the database is exceeded", false)                    \
    X(FullTextIndexMissing, "P2030", "No full-text index fits the search", false)                                 \
    X(ReplicaSetRequired, "P2031", "Transactions need a replica set", false)                                      \
    X(NumberTooLarge, "P2033", "A number of the query does not fit into a 64-bit integer", false)                 \
    X(TransactionConflict, "P2034", "The transaction failed because of a write conflict or a deadlock", true)     \
    X(AssertionViolation, "P2035", "Assertion violation in the database", false)                                  \
    X(ExternalError, "P2036", "Error in an external connector", false)                                            \
    X(TooManyConnections, "P2037", "Too many database connections opened", true)                                  \
    X(EnginePanic, "P2038", "The query engine failed", false)                                                     \
    X(DatabaseError, "P2039", "Database error", false)                                                            \
    /* Migrations. */                                                                                             \
    X(DatabaseCreateFailed, "P3000", "The database could not be created", false)                                  \
    X(MigrationDestructive, "P3001", "The migration makes destructive changes", false)                            \
    X(MigrationRolledBack, "P3002", "The attempted migration was rolled back", false)                             \
    X(MigrationFormatOld, "P3003", "The format of migrations changed; the saved ones are no longer valid", false) \
    X(SystemDatabase, "P3004", "The database is a system database and must not be altered", false)                \
    X(DatabaseNotEmpty, "P3005", "The database schema is not empty", false)                                       \
    X(ShadowMigrationFailed, "P3006", "A migration failed to apply cleanly to the shadow database", false)        \
    X(PreviewFeatureBlocked, "P3007", "Some preview features are not allowed in migrations", false)               \
    X(MigrationAlreadyApplied, "P3008", "The migration is recorded as applied already", false)                    \
    X(MigrationsFailedBefore, "P3009", "Failed migrations were found in the database", false)                     \
    X(MigrationNameTooLong, "P3010", "The name of the migration is too long", false)                              \
    X(MigrationNeverApplied, "P3011", "The migration was never applied and cannot be rolled back", false)         \
    X(MigrationNotFailed, "P3012", "The migration is not in a failed state and cannot be rolled back", false)     \
    X(ProviderListUnsupported, "P3013", "Arrays of providers are no longer supported", false)                     \
    X(ShadowCreateFailed, "P3014", "The shadow database could not be created", false)                             \
    X(MigrationFileMissing, "P3015", "The migration file could not be found", false)                              \
    X(ResetFailed, "P3016", "The fallback method for database resets failed", false)                              \
    X(MigrationNotFound, "P3017", "The migration could not be found", false)                                      \
    X(MigrationFailed, "P3018", "A migration failed to apply", false)                                             \
    X(ProviderMismatch, "P3019", "The provider does not match the one of the migration lock file", false)         \
    X(ShadowCreateDisabled, "P3020", "The automatic creation of shadow databases is disabled here", false)        \
    X(ForeignKeysUnsupported, "P3021", "Foreign keys cannot be created on this database", false)                  \
    X(DdlForbidden, "P3022", "Direct execution of DDL is disabled on this database", false)                       \
    X(ExternalNameUnqualified, "P3023", "External tables and enums must be named with their schema here", false)  \
    X(ExternalNameQualified, "P3024", "External tables and enums must be named without a schema here", false)     \
    X(IntrospectionFailed, "P4000", "Introspection could not produce a schema", false)                            \
    X(IntrospectedEmpty, "P4001", "The introspected database was empty", false)                                   \
    X(IntrospectedInconsistent, "P4002", "The schema of the introspected database is inconsistent", false)        \
    /* Ours. */                                                                                                   \
    X(Cancelled, "L1001", "The operation was cancelled", false)                                                   \
    X(PoolClosed, "L1002", "The pool is closed", false)                                                           \
    X(ReadOnly, "L1003", "The database or the transaction is read-only", false)                                   \
    X(StorageFull, "L1004", "The database has no space left", false)                                              \
    X(StorageFailed, "L1005", "The database's storage failed or is corrupt", false)                               \
    X(ProtocolViolation, "L1006", "The server's answer could not be understood", false)                           \
    X(Misuse, "L1007", "The library was called in a wrong way", false)                                            \
    X(DivisionByZero, "L1008", "Division by zero", false)                                                         \
    X(LockTimeout, "L1009", "A lock could not be had in time", true)                                              \
    X(Internal, "L1010", "Internal error: a bug in the library", false)
