"""stub"""
from fastapi import APIRouter
from storeapp.cloud.services import Cloud
def make_router(cloud: Cloud) -> APIRouter:
    return APIRouter()
