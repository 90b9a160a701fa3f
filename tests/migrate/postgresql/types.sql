-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('admin user', 'USER');

-- CreateTable
CREATE TABLE "Everything" (
    "id" SERIAL NOT NULL,
    "big" BIGSERIAL NOT NULL,
    "small" SMALLSERIAL NOT NULL,
    "text" TEXT NOT NULL DEFAULT 'it''s \ " é',
    "role" "Role" NOT NULL DEFAULT 'admin user',
    "roles" "Role"[] DEFAULT ARRAY['admin user', 'USER']::"Role"[],
    "moment" TIMESTAMP(3) NOT NULL DEFAULT '2020-01-02 03:04:05.123456 +00:00',
    "offset" TIMESTAMP(3) DEFAULT '2020-01-02 03:04:05 +02:00',
    "half" TIMESTAMP(3) NOT NULL DEFAULT '2020-01-02 03:04:05.500 +00:00',
    "zoned" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "day" DATE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed" TIMESTAMP(3) NOT NULL,
    "exact" DECIMAL(65,30) NOT NULL DEFAULT 1.50,
    "money" DECIMAL(10,3) NOT NULL DEFAULT 100.10,
    "cash" MONEY NOT NULL,
    "float" DOUBLE PRECISION NOT NULL DEFAULT 10000000000,
    "real" REAL NOT NULL DEFAULT -3.5,
    "bytes" BYTEA NOT NULL DEFAULT '\x68656c6c6f',
    "json" JSONB NOT NULL DEFAULT '{"a": "it''s"}',
    "plain" JSON NOT NULL,
    "uuid" UUID NOT NULL,
    "made" UUID NOT NULL DEFAULT gen_random_uuid(),
    "cuid" TEXT NOT NULL,
    "varchar" VARCHAR(30) NOT NULL,
    "bits" BIT(4) NOT NULL,
    "address" INET NOT NULL,
    "number" SMALLINT NOT NULL DEFAULT -5,
    "flag" BOOLEAN NOT NULL DEFAULT true,
    "shape" circle,
    "moments" TIMESTAMP(3)[] DEFAULT ARRAY['2020-01-02 03:04:05 +00:00']::TIMESTAMP(3)[],
    "byte_list" BYTEA[] DEFAULT ARRAY['\x68656c6c6f']::BYTEA[],
    "none" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "words" TEXT[] DEFAULT ARRAY['a''b', 'c']::TEXT[],
    "decimals" DECIMAL(65,30)[] DEFAULT ARRAY[1.50, 2]::DECIMAL(65,30)[],
    "unsaid" INTEGER NOT NULL,
    "re named" INTEGER NOT NULL,

    CONSTRAINT "Everything_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Everything_big_key" ON "Everything"("big");
