-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "documents" (
    "a" INTEGER NOT NULL,
    "b" TEXT NOT NULL,
    "json" JSONB NOT NULL,
    "tags" TEXT[],
    "number" INTEGER NOT NULL,
    "search" tsvector,

    CONSTRAINT "documents_key" PRIMARY KEY ("a","b")
);

-- CreateIndex
CREATE INDEX "documents_b_idx" ON "documents"("b");

-- CreateIndex
CREATE INDEX "hashed" ON "documents" USING HASH ("b");

-- CreateIndex
CREATE INDEX "documents_json_idx" ON "documents" USING GIN ("json" jsonb_path_ops);

-- CreateIndex
CREATE INDEX "usual_class" ON "documents" USING GIN ("json" jsonb_ops);

-- CreateIndex
CREATE INDEX "documents_tags_idx" ON "documents" USING GIN ("tags" array_ops);

-- CreateIndex
CREATE INDEX "documents_number_idx" ON "documents" USING BRIN ("number" int4_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "Document_search" ON "documents" USING GIST ("search");

-- CreateIndex
CREATE UNIQUE INDEX "documents_b_a_key" ON "documents"("b", "a");

-- CreateIndex
CREATE UNIQUE INDEX "number first" ON "documents"("number" DESC, "b" ASC);
