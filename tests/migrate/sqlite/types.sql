-- CreateTable
CREATE TABLE "Everything" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "big" BIGINT NOT NULL,
    "text" TEXT NOT NULL DEFAULT 'it''s \ " é',
    "role" TEXT NOT NULL DEFAULT 'admin user',
    "moment" DATETIME NOT NULL DEFAULT '2020-01-02 03:04:05.123456 +00:00',
    "now" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed" DATETIME NOT NULL,
    "exact" DECIMAL NOT NULL DEFAULT 1.50,
    "float" REAL NOT NULL DEFAULT -3.5,
    "bytes" BLOB,
    "json" JSONB,
    "cuid" TEXT NOT NULL,
    "number" INTEGER NOT NULL DEFAULT -5,
    "flag" BOOLEAN NOT NULL DEFAULT true,
    "shape" circle,
    "made" TEXT NOT NULL DEFAULT (lower('A')),
    "unsaid" INTEGER,
    "re named" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Keyed" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "Textual" (
    "id" TEXT NOT NULL PRIMARY KEY
);

-- CreateTable
CREATE TABLE "Wide" (
    "a" INTEGER NOT NULL,
    "b" BIGINT NOT NULL,
    "c" TEXT NOT NULL,

    PRIMARY KEY ("a", "b")
);

-- CreateIndex
CREATE UNIQUE INDEX "Everything_big_key" ON "Everything"("big");

-- CreateIndex
CREATE INDEX "by c and b" ON "Wide"("c", "b");

-- CreateIndex
CREATE UNIQUE INDEX "Wide_c_a_key" ON "Wide"("c" DESC, "a" ASC);
