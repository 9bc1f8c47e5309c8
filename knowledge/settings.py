"""Settings of the knowledge room."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class KnowledgeSettings(BaseModel):
    """Where the index lives and what may be read into it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dir: Path = Field(Path("data/knowledge"), description="Folder of the search index; a cache, rebuilt at will.")
    chroma_url: str = Field("", description="A Chroma server's address; empty: embedded in `dir`.")
    max_file_mb: int = Field(20, ge=1, le=50, description="Larger uploads are refused before they are read.")
    read_seconds: int = Field(60, ge=5, le=600, description="Processor time for reading one file.")
    read_memory_mb: int = Field(1500, ge=256, le=16384, description="Memory for reading one file.")


class ModelSettings(BaseModel):
    """An OpenAI-compatible chat endpoint. Without `base_url` and `model` there is none, and everything still works."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_url: str = Field("", description="For example http://127.0.0.1:8000/v1")
    api_key: SecretStr = Field(SecretStr(""), description="Better given as LIANLUO_LLM__API_KEY.")
    model: str = Field("", description="The model's name at that endpoint.")
    may_see: Literal["public", "members", "secretariat"] = Field(
        "public", description="The highest access level of documents that the endpoint may be shown."
    )
    limit_s: float = Field(20, gt=0, le=20, description="Seconds an answer may take; then sentences are quoted.")


class EmbeddingSettings(BaseModel):
    """An OpenAI-compatible embedding endpoint; optional."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_url: str = Field("", description="For example http://127.0.0.1:8000/v1")
    api_key: SecretStr = Field(SecretStr(""), description="Better given as LIANLUO_EMBEDDING__API_KEY.")
    model: str = Field("", description="The embedding model's name at that endpoint.")
